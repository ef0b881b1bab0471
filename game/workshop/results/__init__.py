"""What rounds come to: places, where computer players stand, what a class and each player can learn from them."""
