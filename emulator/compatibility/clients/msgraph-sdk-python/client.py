"""What a user of Microsoft's Graph SDK for Python writes. It finds the tenant by AZURE_AUTHORITY_HOST and the adapter's base_url."""

import os
from urllib.parse import urlsplit

from azure.identity.aio import ClientSecretCredential
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_authentication_azure.azure_identity_authentication_provider import AzureIdentityAuthenticationProvider
from msgraph import GraphRequestAdapter, GraphServiceClient
from msgraph.generated.groups.count.count_request_builder import CountRequestBuilder
from msgraph.generated.models.user import User
from msgraph.generated.users.item.user_item_request_builder import UserItemRequestBuilder
from msgraph.generated.users.users_request_builder import UsersRequestBuilder
from msgraph_core import PageIterator
from msgraph_core.requests.batch_request_builder import BatchRequestBuilder
from msgraph_core.requests.batch_request_content import BatchRequestContent
from msgraph_core.requests.batch_request_item import BatchRequestItem
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from steps import step

graph = os.environ["GRAPH_URL"]
user_id, target_id, group_id = (os.environ[name] for name in ("USER_ID", "TARGET_ID", "GROUP_ID"))
scopes = ["https://graph.microsoft.com/.default"]

credential = ClientSecretCredential(
    os.environ["AZURE_TENANT_ID"],
    os.environ["AZURE_CLIENT_ID"],
    os.environ["AZURE_CLIENT_SECRET"],
    disable_instance_discovery=True,
)
host = urlsplit(graph)
provider = AzureIdentityAuthenticationProvider(credential, scopes=scopes, allowed_hosts=[host.hostname, host.netloc])
adapter = GraphRequestAdapter(provider)
adapter.base_url = f"{graph}/v1.0"
client = GraphServiceClient(request_adapter=adapter)


async def sign_in():
    await credential.get_token(*scopes)


async def list_ids(first):
    found = []
    await PageIterator(await first, adapter).iterate(lambda entry: found.append(entry.id) or True)
    return found


def filter_users():
    query = UsersRequestBuilder.UsersRequestBuilderGetQueryParameters(filter="startswith(displayName,'A')")
    return list_ids(client.users.get(RequestConfiguration(query_parameters=query)))


async def read_in_batch():
    items = {
        id: BatchRequestItem(request_information=client.users.by_user_id(id).to_get_request_information(), id=id)
        for id in (user_id, target_id)
    }
    for item in items.values():
        item.url = item.url.replace(adapter.base_url, "")
    answers = await BatchRequestBuilder(adapter, {"XXX": ODataError}).post(BatchRequestContent(items))
    # This version takes an item's body for base64 and finds nothing in one that is JSON: all that it knows is the status.
    return [id for id, status in answers.get_response_status_codes().items() if status == 200]


async def read_report():
    return (await client.reports.get_office365_active_user_detail_with_period("D7").get()).decode()


async def list_skus():
    return [sku.sku_part_number for sku in (await client.subscribed_skus.get()).value]


async def list_licenses():
    details = await client.users.by_user_id(user_id).license_details.get()
    return [detail.sku_part_number for detail in details.value]


async def count_groups():
    configuration = RequestConfiguration()
    configuration.headers.add("ConsistencyLevel", "eventual")
    return await client.groups.count.get(configuration)


async def block():
    target = client.users.by_user_id(target_id)
    await target.patch(User(account_enabled=False))
    query = UserItemRequestBuilder.UserItemRequestBuilderGetQueryParameters(select=["id", "accountEnabled"])
    return (await target.get(RequestConfiguration(query_parameters=query))).account_enabled


step("sign-in", sign_in)
step("users", lambda: list_ids(client.users.get()))
step("filter", filter_users)
step("batch", read_in_batch)
step("report", read_report)
step("subscribedSkus", list_skus)
step("licenseDetails", list_licenses)
step("members", lambda: list_ids(client.groups.by_group_id(group_id).members.get()))
step("count", count_groups)
step("write", block)
