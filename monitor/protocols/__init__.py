"""WHAT DOES THE LABEL ASK? Open this to see what a protocol is, and how it is checked and described."""
