"""Pages of creators. Handles may hold dots, so they are taken as text and checked by `normalise_username`."""

from django.urls import path

from . import views
from .views.tabs import OVERVIEW, TABS

app_name = "discovery"
urlpatterns = [
    path("creators/", views.creators, name="creators"),
    path("suggestions/", views.suggestions, name="suggestions"),
    path("creators/<str:username>/", views.creator, name="creator"),
    path("creators/<str:username>/contacts/quote/", views.contacts_price, name="contacts-quote"),
    path("creators/<str:username>/contacts/", views.contacts_unlock, name="contacts-unlock"),
    path("posts/", views.posts_bought, name="posts-bought"),
    path("posts/<str:shortcode>/", views.post, name="post"),
    path("posts/<str:shortcode>/quote/", views.post_price, name="post-quote"),
    path("posts/<str:shortcode>/buy/", views.post_buy, name="post-buy"),
    path("posts/<str:shortcode>/jobs/<uuid:job_id>/", views.post_progress, name="post-progress"),
    path("creators/<str:username>/quote/", views.price, name="quote"),
    path("creators/<str:username>/unlock/", views.unlock, name="unlock"),
    path("creators/<str:username>/refresh/", views.refresh, name="refresh"),
    *(
        path(f"creators/<str:username>/{code}/", views.report_tab, {"tab": code}, name=code)
        for code in TABS
        if code != OVERVIEW
    ),
    path("creators/<str:username>/posts/more/", views.posts_more, name="posts-more"),
    path("creators/<str:username>/report.pdf", views.report_file, name="report-file"),
    path("creators/<str:username>/insights/", views.insights, name="insights"),
    path("creators/<str:username>/analysis/", views.analysis, name="analysis"),
    path("creators/<str:username>/similar/found/", views.similar_found, name="similar-found"),
    path("creators/<str:username>/brands/safety.csv", views.safety_file, name="safety-file"),
    path("creators/<str:username>/share/", views.share, name="share"),
    path("creators/<str:username>/share/<uuid:link_id>/revoke/", views.revoke, name="share-revoke"),
    path("creators/<str:username>/jobs/<uuid:job_id>/", views.progress, name="progress"),
]
