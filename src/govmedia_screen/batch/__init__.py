"""Many posts at once on this machine: worker processes and Arrow record batches."""
