"""Mail servers that misbehave."""

from django.core.mail.backends.locmem import EmailBackend


class Away(EmailBackend):
    """Cannot be reached."""

    def open(self):
        raise ConnectionRefusedError


class Refusing(EmailBackend):
    """Refuses one address."""

    def send_messages(self, messages):
        if messages[0].to == ["refused@example.org"]:
            raise OSError("no such box")
        return super().send_messages(messages)
