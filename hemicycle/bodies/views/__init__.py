"""The pages of bodies and units, and the forms that change them."""
