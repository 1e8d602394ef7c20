"""WHO MUST BE TOLD? Open this to change when a reminder is due, when it may go out and what it says."""
