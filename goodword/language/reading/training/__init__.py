"""How the weights of the readers are made. Needs packages that the product never imports: `goodword train --help`."""
