"""WHO LIVES IN THE DEMONSTRATION? Invented hospitals, staff and patients, and what happened to them until yesterday."""
