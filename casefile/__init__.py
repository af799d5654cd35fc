"""What intake, triage and worker hold in common.

The law of this package: it knows no web framework and no process. It never imports ``intake``, ``triage``,
``worker``, ``web`` or ``operations``; every rule in it is a plain function on values or on a SQLAlchemy session.
"""
