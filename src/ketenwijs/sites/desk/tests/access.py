"""Who may open which page of the desk: everybody who is signed in has a home page with what is due to them."""

EVERYBODY = {
    "company_user",
    "company_admin",
    "authority_user",
    "secretariat_lead",
    "adviser",
    "assessor",
    "steering_member",
    "party_member",
    "auditor",
    "operator",
}

ACCESS = [{"url": "desk:home", "roles": EVERYBODY, "methods": ["GET"], "answer": 200, "arguments": {}}]
