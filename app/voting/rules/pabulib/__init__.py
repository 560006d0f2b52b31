"""Files in the .pb format of Pabulib: reading what the world publishes, writing what anybody can recount."""
