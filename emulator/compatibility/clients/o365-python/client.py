"""What a user of O365 (python-o365) writes. It knows no other hosts than Microsoft's, so it goes through a proxy."""

import os

from O365 import Account
from O365.utils.token import MemoryTokenBackend
from steps import lack, step

target_id, group_id = os.environ["TARGET_ID"], os.environ["GROUP_ID"]

account = Account(
    (os.environ["AZURE_CLIENT_ID"], os.environ["AZURE_CLIENT_SECRET"]),
    auth_flow_type="credentials",
    tenant_id=os.environ["AZURE_TENANT_ID"],
    token_backend=MemoryTokenBackend(),
)


def sign_in():
    if not account.authenticate():
        raise RuntimeError("authenticate() said no")


def list_users(query=None):
    users = account.directory(resource="users").get_users(limit=999, query=query, batch=100)
    return [user.object_id for user in users]


def list_members():
    return [member.object_id for member in account.groups().get_group_by_id(group_id).get_group_members()]


def send_mail():
    message = account.mailbox(resource=f"users/{target_id}").new_message()
    message.to.add("somebody@example.com")
    message.subject = "Sent by O365"
    message.body = "A message."
    message.send(save_to_sent_folder=False)
    return message.subject


step("sign-in", sign_in)
step("users", list_users)
step("filter", lambda: list_users("startswith(displayName,'A')"))
lack("batch", "no batch")
lack("report", "no usage reports")
lack("subscribedSkus", "no licences")
lack("licenseDetails", "no licences")
step("members", list_members)
lack("count", "no `$count`")
step("mail", send_mail)
