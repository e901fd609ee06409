"""Evidence that people hand in: PDFs and pictures, looked through before they are kept."""
