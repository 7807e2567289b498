"""What the desk and those who take part print: reading packs, printing packs and letters. Made in the background."""
