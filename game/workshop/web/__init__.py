"""An event over the network: the API, the pages for browsers, and the socket below them."""
