"""What the two web applications share of Flask; knows neither of them."""
