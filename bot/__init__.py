"""What a person can ask, who may ask it, and the work of answering."""
