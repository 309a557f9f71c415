from .valkeys import valkey

__all__ = ["valkey"]
