"""What a visitor gets: pages, pictures, feeds, and Material's frame around them."""
