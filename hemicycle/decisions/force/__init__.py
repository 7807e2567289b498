"""From when and until when a decision is in force, and what later decisions did to it."""
