"""What is wrong with this installation: every step of setting it up, examined and said in plain words."""
