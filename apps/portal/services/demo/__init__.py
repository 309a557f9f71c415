"""The demo: people, teams and creators to try the product on, made by the real services, once."""

from .loading import DemoRefused, load_demo

__all__ = ["DemoRefused", "load_demo"]
