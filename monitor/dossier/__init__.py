"""What is known around a treatment: the sections of its dossier, the follow-up form of a dose, and what can be true."""
