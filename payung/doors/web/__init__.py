"""Pages and components: the web door. Views translate, make one call, translate back."""
