"""What a player's runs come to: the index of them, progress, what is to be asked again, who else met a buyer."""
