"""What a user of Office365-REST-Python-Client writes. Its hosts are those of Microsoft's clouds, so it goes through a proxy."""

import os

from office365.graph_client import GraphClient
from steps import step

user_id, target_id, group_id = (os.environ[name] for name in ("USER_ID", "TARGET_ID", "GROUP_ID"))


def connect():
    return GraphClient(tenant=os.environ["AZURE_TENANT_ID"]).with_client_secret(
        os.environ["AZURE_CLIENT_ID"], os.environ["AZURE_CLIENT_SECRET"]
    )


client = connect()


def sign_in():
    client.users.top(1).get().execute_query()


def list_ids(collection):
    return [entry.id for entry in collection.execute_query()]


def read_in_batch():
    users = [client.users[user_id].get(), client.users[target_id].get()]
    client.execute_batch()
    return [user.id for user in users]


def read_report():
    # It has no report of active users.
    return client.reports.get_mailbox_usage_detail("D7").execute_query().to_text()


def list_skus():
    return [sku.sku_part_number for sku in client.subscribed_skus.get().execute_query()]


def list_licenses():
    return [detail.sku_part_number for detail in client.users[user_id].license_details.get().execute_query()]


def block():
    connect().users[target_id].set_property("accountEnabled", False).update().execute_query()
    read = connect().users[target_id].select(["id", "accountEnabled"]).get().execute_query()
    return read.properties["accountEnabled"]


step("sign-in", sign_in)
step("users", lambda: list_ids(client.users.get_all()))
step("filter", lambda: list_ids(client.users.filter("startswith(displayName,'A')").get_all()))
step("batch", read_in_batch)
step("report", read_report)
step("subscribedSkus", list_skus)
step("licenseDetails", list_licenses)
step("members", lambda: list_ids(client.groups[group_id].members.get_all()))
step("count", lambda: client.groups.count().execute_query().value)
step("write", block)
