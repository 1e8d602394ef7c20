"""WHAT BEFELL INVENTED PATIENTS? Their stories, told once, then played through the actions or written in bulk."""
