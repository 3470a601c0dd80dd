// What a user of graph-rs-sdk writes. It takes no other hosts than Microsoft's, so it reaches the tenant through a proxy, as
// from a company's network.
use graph_rs_sdk::header::{HeaderName, HeaderValue};
use graph_rs_sdk::identity::ConfidentialClientApplication;
use graph_rs_sdk::*;
use serde_json::{json, Value};
use std::error::Error;
use std::future::Future;

type Got = Result<Value, Box<dyn Error>>;

/// The type of a request has no public name, so these two are no functions.
macro_rules! read_json {
    ($request:expr) => {
        $request.send().await?.error_for_status()?.json::<Value>().await?
    };
}

macro_rules! list_ids {
    ($request:expr) => {
        async {
            let mut found = Vec::new();
            for page in $request.paging().json::<Value>().await? {
                let body = page.into_body().map_err(|refusal| format!("{refusal:?}"))?;
                found.extend(body["value"].as_array().ok_or("no value")?.iter().map(|entry| entry["id"].clone()));
            }
            Ok(Value::Array(found))
        }
    };
}

#[tokio::main]
async fn main() {
    let application = ConfidentialClientApplication::builder(read("AZURE_CLIENT_ID"))
        .with_client_secret(read("AZURE_CLIENT_SECRET"))
        .with_tenant(read("AZURE_TENANT_ID"))
        .build();
    let client = GraphClient::from(&application);
    let (user, target, group) = (read("USER_ID"), read("TARGET_ID"), read("GROUP_ID"));

    step("sign-in", async {
        read_json!(client.users().list_user().top("1"));
        Ok(Value::Null)
    })
    .await;
    step("users", list_ids!(client.users().list_user())).await;
    let by_name = client.users().list_user().filter(&["startswith(displayName,'A')"]);
    step("filter", list_ids!(by_name)).await;
    step("batch", async {
        let requests: Vec<Value> = [&user, &target]
            .iter()
            .map(|id| json!({ "id": id, "method": "GET", "url": format!("/users/{id}") }))
            .collect();
        let answer = read_json!(client.batch(&json!({ "requests": requests })));
        pick(&answer["responses"], |item| &item["body"]["id"])
    })
    .await;
    step("report", async {
        let report = client.reports().get_office_365_active_user_detail_by_period("D7");
        Ok(Value::String(report.send().await?.error_for_status()?.text().await?))
    })
    .await;
    step("subscribedSkus", async {
        let answer = read_json!(client.subscribed_skus().list_subscribed_sku());
        pick(&answer["value"], |sku| &sku["skuPartNumber"])
    })
    .await;
    step("licenseDetails", async {
        let answer = read_json!(client.user(&user).license_details().list_license_details());
        pick(&answer["value"], |detail| &detail["skuPartNumber"])
    })
    .await;
    step("members", list_ids!(client.group(&group).list_members())).await;
    step("count", async {
        let eventual = HeaderValue::from_static("eventual");
        let count = client.groups().get_groups_count();
        Ok(read_json!(count.header(HeaderName::from_static("consistencylevel"), eventual)))
    })
    .await;
    step("write", async {
        let change = json!({ "accountEnabled": false });
        client.user(&target).update_user(&change).send().await?.error_for_status()?;
        let read = read_json!(client.user(&target).get_user().select(&["id,accountEnabled"]));
        Ok(read["accountEnabled"].clone())
    })
    .await;
}

fn read(name: &str) -> String {
    std::env::var(name).unwrap_or_default()
}

fn pick(entries: &Value, from: impl Fn(&Value) -> &Value) -> Got {
    Ok(entries.as_array().ok_or("no entries")?.iter().map(|entry| from(entry).clone()).collect())
}

/// Prints what the step got as one line of JSON, or why it got nothing; the next step goes on either way.
async fn step(name: &str, run: impl Future<Output = Got>) {
    let line = match run.await {
        Ok(got) => json!({ "step": name, "ok": true, "got": got }),
        Err(error) => json!({ "step": name, "ok": false, "detail": error.to_string() }),
    };
    println!("{line}");
}
