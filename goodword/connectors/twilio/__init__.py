"""A phone number at Twilio: SMS, and calls whose voicemails become messages."""
