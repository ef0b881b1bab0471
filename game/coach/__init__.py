"""The coach at work: in the background, while a run is played and while nobody needs the processors; what it keeps."""
