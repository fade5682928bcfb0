"""How the site is made: plan, render, publish."""
