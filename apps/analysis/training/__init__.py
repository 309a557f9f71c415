"""How the heads of the `local` engine are trained: `manage.py train_heads`, with scikit-learn (requirements.txt here).

Only data sets whose licence allows it are read (cardiffnlp's xlm-t and tweeteval, tweet_topic, and the examples
written here); the Instagram influencer set is research only and never used.
"""
