"""What joins the apps below: the demo."""
