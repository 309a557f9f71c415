"""`/api/v1/instagram/` and `/api/v1/discovery/`: thin views over the services and selectors of this app."""
