"""The counsellors' desk. Opens reports with the key of the signed-in person."""
