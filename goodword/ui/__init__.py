"""UI: the base page, components, one CSS file per component and tiny ES modules. Knows no room."""
