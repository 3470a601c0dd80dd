// What a user of Microsoft's Go SDK for Graph writes. It finds the tenant by AZURE_AUTHORITY_HOST and SetBaseUrl.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	abstractions "github.com/microsoft/kiota-abstractions-go"
	azureauth "github.com/microsoft/kiota-authentication-azure-go"
	msgraph "github.com/microsoftgraph/msgraph-sdk-go"
	core "github.com/microsoftgraph/msgraph-sdk-go-core"
	"github.com/microsoftgraph/msgraph-sdk-go/groups"
	"github.com/microsoftgraph/msgraph-sdk-go/models"
	"github.com/microsoftgraph/msgraph-sdk-go/models/odataerrors"
	"github.com/microsoftgraph/msgraph-sdk-go/users"
)

var ctx = context.Background()

func main() {
	var credential *azidentity.ClientSecretCredential
	step("sign-in", func() (any, error) {
		var err error
		credential, err = azidentity.NewClientSecretCredential(
			os.Getenv("AZURE_TENANT_ID"), os.Getenv("AZURE_CLIENT_ID"), os.Getenv("AZURE_CLIENT_SECRET"),
			&azidentity.ClientSecretCredentialOptions{DisableInstanceDiscovery: true})
		if err != nil {
			return nil, err
		}
		_, err = credential.GetToken(ctx, policy.TokenRequestOptions{Scopes: []string{"https://graph.microsoft.com/.default"}})
		return nil, err
	})
	base, err := url.Parse(os.Getenv("GRAPH_URL"))
	stop(err)
	authentication, err := azureauth.NewAzureIdentityAuthenticationProviderWithScopesAndValidHosts(
		credential, []string{"https://graph.microsoft.com/.default"}, []string{base.Hostname(), base.Host})
	stop(err)
	adapter, err := msgraph.NewGraphRequestAdapter(authentication)
	stop(err)
	adapter.SetBaseUrl(os.Getenv("GRAPH_URL") + "/v1.0")
	client := msgraph.NewGraphServiceClient(adapter)
	user := client.Users().ByUserId(os.Getenv("USER_ID"))
	target := client.Users().ByUserId(os.Getenv("TARGET_ID"))

	step("users", func() (any, error) { return listUsers(adapter, client, nil) })
	step("filter", func() (any, error) {
		filter := "startswith(displayName,'A')"
		return listUsers(adapter, client, &filter)
	})
	step("batch", func() (any, error) {
		batch := core.NewBatchRequest(adapter)
		ids := []string{os.Getenv("USER_ID"), os.Getenv("TARGET_ID")}
		items := []core.BatchItem{}
		for _, id := range ids {
			request, err := client.Users().ByUserId(id).ToGetRequestInformation(ctx, nil)
			if err != nil {
				return nil, err
			}
			item, err := batch.AddBatchRequestStep(*request)
			if err != nil {
				return nil, err
			}
			items = append(items, item)
		}
		answers, err := batch.Send(ctx, adapter)
		if err != nil {
			return nil, err
		}
		found := []string{}
		for _, item := range items {
			answer, err := core.GetBatchResponseById[models.Userable](answers, *item.GetId(), models.CreateUserFromDiscriminatorValue)
			if err != nil {
				return nil, err
			}
			found = append(found, *answer.GetId())
		}
		return found, nil
	})
	step("report", func() (any, error) {
		period := "D7"
		report, err := client.Reports().GetOffice365ActiveUserDetailWithPeriod(&period).Get(ctx, nil)
		if err != nil {
			return nil, err
		}
		return string(report), nil
	})
	step("subscribedSkus", func() (any, error) {
		skus, err := client.SubscribedSkus().Get(ctx, nil)
		if err != nil {
			return nil, err
		}
		found := []string{}
		for _, sku := range skus.GetValue() {
			found = append(found, *sku.GetSkuPartNumber())
		}
		return found, nil
	})
	step("licenseDetails", func() (any, error) {
		details, err := user.LicenseDetails().Get(ctx, nil)
		if err != nil {
			return nil, err
		}
		found := []string{}
		for _, detail := range details.GetValue() {
			found = append(found, *detail.GetSkuPartNumber())
		}
		return found, nil
	})
	step("members", func() (any, error) {
		members, err := client.Groups().ByGroupId(os.Getenv("GROUP_ID")).Members().Get(ctx, nil)
		if err != nil {
			return nil, err
		}
		pages, err := core.NewPageIterator[models.DirectoryObjectable](members, adapter, models.CreateDirectoryObjectCollectionResponseFromDiscriminatorValue)
		if err != nil {
			return nil, err
		}
		found := []string{}
		err = pages.Iterate(ctx, func(member models.DirectoryObjectable) bool {
			found = append(found, *member.GetId())
			return true
		})
		return found, err
	})
	step("count", func() (any, error) {
		headers := abstractions.NewRequestHeaders()
		headers.Add("ConsistencyLevel", "eventual")
		return client.Groups().Count().Get(ctx, &groups.CountRequestBuilderGetRequestConfiguration{Headers: headers})
	})
	step("write", func() (any, error) {
		no := false
		change := models.NewUser()
		change.SetAccountEnabled(&no)
		if _, err := target.Patch(ctx, change, nil); err != nil {
			return nil, err
		}
		selected := []string{"id", "accountEnabled"}
		read, err := target.Get(ctx, &users.UserItemRequestBuilderGetRequestConfiguration{
			QueryParameters: &users.UserItemRequestBuilderGetQueryParameters{Select: selected}})
		if err != nil {
			return nil, err
		}
		return *read.GetAccountEnabled(), nil
	})
}

func listUsers(adapter *msgraph.GraphRequestAdapter, client *msgraph.GraphServiceClient, filter *string) (any, error) {
	first, err := client.Users().Get(ctx, &users.UsersRequestBuilderGetRequestConfiguration{
		QueryParameters: &users.UsersRequestBuilderGetQueryParameters{Filter: filter}})
	if err != nil {
		return nil, err
	}
	pages, err := core.NewPageIterator[models.Userable](first, adapter, models.CreateUserCollectionResponseFromDiscriminatorValue)
	if err != nil {
		return nil, err
	}
	found := []string{}
	err = pages.Iterate(ctx, func(user models.Userable) bool {
		found = append(found, *user.GetId())
		return true
	})
	return found, err
}

// step prints what it got as one line of JSON, or why it got nothing; the next step goes on either way.
func step(name string, run func() (any, error)) {
	got, err := run()
	line := map[string]any{"step": name, "ok": err == nil}
	if err == nil {
		line["got"] = got
	} else {
		line["detail"] = describe(err)
	}
	text, _ := json.Marshal(line)
	fmt.Println(string(text))
}

func describe(err error) string {
	var refusal *odataerrors.ODataError
	if errors.As(err, &refusal) && refusal.GetErrorEscaped() != nil {
		return fmt.Sprintf("%d %s", refusal.GetStatusCode(), *refusal.GetErrorEscaped().GetMessage())
	}
	return err.Error()
}

func stop(err error) {
	if err != nil {
		panic(err)
	}
}
