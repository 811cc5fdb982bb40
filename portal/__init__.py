"""Pages for the public: what was promised, and whether it is kept. Figures that could point to a person stay out."""
