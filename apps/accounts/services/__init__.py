"""What changes accounts. Every flow of allauth is entered through here."""
