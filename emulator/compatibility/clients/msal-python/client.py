"""What a user of MSAL for Python writes who signs an application in, with its secret and with its certificate."""

import os

import msal
from steps import step

known = {
    "client_id": os.environ["AZURE_CLIENT_ID"],
    "authority": f"{os.environ['AZURE_AUTHORITY_HOST']}/{os.environ['AZURE_TENANT_ID']}",
    "instance_discovery": False,
}


def sign_in(credential):
    application = msal.ConfidentialClientApplication(client_credential=credential, **known)
    answer = application.acquire_token_for_client(scopes=["https://graph.microsoft.com/.default"])
    if "access_token" not in answer:
        raise RuntimeError(answer.get("error_description", answer))
    return answer["access_token"]


def sign_in_with_certificate():
    with open(os.environ["AZURE_CLIENT_CERTIFICATE_PATH"]) as file:
        pem = file.read()
    return sign_in({"private_key": pem, "public_certificate": pem})


step("sign-in", lambda: sign_in(os.environ["AZURE_CLIENT_SECRET"]))
step("certificate", sign_in_with_certificate)
