"""Mail: an outbox that survives a mail server's absence, and a mailbox page for the demo."""
