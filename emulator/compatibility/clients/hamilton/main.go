// What a user of hamilton writes, the Graph client of the Terraform provider azuread until 2025. Its settings take another login
// host and another Graph.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/manicminer/hamilton/auth"
	"github.com/manicminer/hamilton/environments"
	"github.com/manicminer/hamilton/msgraph"
	"github.com/manicminer/hamilton/odata"
)

var ctx = context.Background()

func main() {
	tenant := os.Getenv("AZURE_TENANT_ID")
	environment := environments.Global
	environment.AzureADEndpoint = environments.AzureADEndpoint(os.Getenv("AZURE_AUTHORITY_HOST"))
	config := &auth.Config{
		Environment:            environment,
		TenantID:               tenant,
		ClientID:               os.Getenv("AZURE_CLIENT_ID"),
		ClientSecret:           os.Getenv("AZURE_CLIENT_SECRET"),
		EnableClientSecretAuth: true,
	}
	var authorizer auth.Authorizer
	step("sign-in", func() (any, error) {
		var err error
		authorizer, err = config.NewAuthorizer(ctx, environment.MsGraph)
		if err != nil {
			return nil, err
		}
		_, err = authorizer.Token()
		return nil, err
	})
	users := msgraph.NewUsersClient(tenant)
	groups := msgraph.NewGroupsClient(tenant)
	for _, client := range []*msgraph.Client{&users.BaseClient, &groups.BaseClient} {
		client.Authorizer = authorizer
		client.Endpoint = environments.ApiEndpoint(os.Getenv("GRAPH_URL"))
		client.ApiVersion = msgraph.Version10
	}

	step("users", func() (any, error) { return listUsers(users, odata.Query{}) })
	step("filter", func() (any, error) { return listUsers(users, odata.Query{Filter: "startswith(displayName,'A')"}) })
	lack("batch", "no batch")
	lack("report", "no usage reports")
	lack("subscribedSkus", "no licences")
	lack("licenseDetails", "no licences")
	step("members", func() (any, error) {
		members, _, err := groups.ListMembers(ctx, os.Getenv("GROUP_ID"))
		return members, err
	})
	lack("count", "no `$count`")
	step("write", func() (any, error) {
		no, target := false, os.Getenv("TARGET_ID")
		change := msgraph.User{DirectoryObject: msgraph.DirectoryObject{ID: &target}, AccountEnabled: &no}
		if _, err := users.Update(ctx, change); err != nil {
			return nil, err
		}
		read, _, err := users.Get(ctx, target, odata.Query{Select: []string{"id", "accountEnabled"}})
		if err != nil {
			return nil, err
		}
		return *read.AccountEnabled, nil
	})
}

func listUsers(client *msgraph.UsersClient, query odata.Query) (any, error) {
	users, _, err := client.List(ctx, query)
	if err != nil {
		return nil, err
	}
	found := []string{}
	for _, user := range *users {
		found = append(found, *user.ID)
	}
	return found, nil
}

// step prints what it got as one line of JSON, or why it got nothing; the next step goes on either way.
func step(name string, run func() (any, error)) {
	got, err := run()
	if err != nil {
		print(map[string]any{"step": name, "ok": false, "detail": err.Error()})
		return
	}
	print(map[string]any{"step": name, "ok": true, "got": got})
}

func lack(name, what string) {
	print(map[string]any{"step": name, "lacks": what})
}

func print(line map[string]any) {
	text, _ := json.Marshal(line)
	fmt.Println(string(text))
}
