"""Every mail is a row here before it is a message."""
