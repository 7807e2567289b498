"""What holds for plans and their figures. Pure: no database, no clock, and no floating point in any figure."""
