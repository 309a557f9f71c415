"""How well the engines do on labelled texts: `manage.py evaluate_engines`. Nothing of the product imports this."""
