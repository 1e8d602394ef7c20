"""WHAT DOES THE LABEL ASK? Open this to see what a protocol is and how its worked examples and coherence are checked."""
