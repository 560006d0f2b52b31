"""What the demonstration tells: the texts of its files, and the script made from them and a seed; all pure."""
