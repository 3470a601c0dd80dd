// What a user of Microsoft's Graph SDK for Java writes. It finds the tenant by AZURE_AUTHORITY_HOST and the adapter's base URL.
import com.azure.core.credential.TokenRequestContext;
import com.azure.identity.ClientSecretCredential;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.graph.core.authentication.AzureIdentityAuthenticationProvider;
import com.microsoft.graph.core.content.BatchRequestContent;
import com.microsoft.graph.core.tasks.PageIterator;
import com.microsoft.graph.models.DirectoryObject;
import com.microsoft.graph.models.DirectoryObjectCollectionResponse;
import com.microsoft.graph.models.User;
import com.microsoft.graph.models.UserCollectionResponse;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;

class Client {
    static final String[] SCOPES = {"https://graph.microsoft.com/.default"};

    public static void main(String[] args) throws Exception {
        ClientSecretCredential credential = new ClientSecretCredentialBuilder()
                .tenantId(read("AZURE_TENANT_ID"))
                .clientId(read("AZURE_CLIENT_ID"))
                .clientSecret(read("AZURE_CLIENT_SECRET"))
                .disableInstanceDiscovery()
                .build();
        String[] hosts = {URI.create(read("GRAPH_URL")).getHost()};
        GraphServiceClient client =
                new GraphServiceClient(new AzureIdentityAuthenticationProvider(credential, hosts, SCOPES));
        client.getRequestAdapter().setBaseUrl(read("GRAPH_URL") + "/v1.0");
        String user = read("USER_ID");
        String target = read("TARGET_ID");

        step("sign-in", () -> {
            credential.getTokenSync(new TokenRequestContext().addScopes(SCOPES));
            return null;
        });
        step("users", () -> listUsers(client, null));
        step("filter", () -> listUsers(client, "startswith(displayName,'A')"));
        step("batch", () -> {
            BatchRequestContent batch = new BatchRequestContent(client);
            List<String> items = List.of(
                    batch.addBatchRequestStep(client.users().byUserId(user).toGetRequestInformation()),
                    batch.addBatchRequestStep(client.users().byUserId(target).toGetRequestInformation()));
            var answers = client.getBatchRequestBuilder().post(batch, null);
            return items.stream()
                    .map(item -> answers.getResponseById(item, User::createFromDiscriminatorValue).getId())
                    .toList();
        });
        step("report", () -> {
            var report = client.reports().getOffice365ActiveUserDetailWithPeriod("D7").get();
            return new String(report.readAllBytes(), StandardCharsets.UTF_8);
        });
        step("subscribedSkus", () -> client.subscribedSkus().get().getValue().stream()
                .map(sku -> sku.getSkuPartNumber())
                .toList());
        step("licenseDetails", () -> client.users().byUserId(user).licenseDetails().get().getValue().stream()
                .map(detail -> detail.getSkuPartNumber())
                .toList());
        step("members", () -> {
            List<String> found = new ArrayList<>();
            new PageIterator.Builder<DirectoryObject, DirectoryObjectCollectionResponse>()
                    .client(client)
                    .collectionPage(client.groups().byGroupId(read("GROUP_ID")).members().get())
                    .collectionPageFactory(DirectoryObjectCollectionResponse::createFromDiscriminatorValue)
                    .processPageItemCallback(member -> found.add(member.getId()))
                    .build()
                    .iterate();
            return found;
        });
        step("count", () -> client.groups().count().get(request -> request.headers.add("ConsistencyLevel", "eventual")));
        step("write", () -> {
            User change = new User();
            change.setAccountEnabled(false);
            client.users().byUserId(target).patch(change);
            String[] selected = {"id", "accountEnabled"};
            return client.users()
                    .byUserId(target)
                    .get(request -> request.queryParameters.select = selected)
                    .getAccountEnabled();
        });
        System.exit(0); // The SDK's threads would keep the process for a while.
    }

    static List<String> listUsers(GraphServiceClient client, String filter) throws Exception {
        List<String> found = new ArrayList<>();
        new PageIterator.Builder<User, UserCollectionResponse>()
                .client(client)
                .collectionPage(client.users().get(request -> request.queryParameters.filter = filter))
                .collectionPageFactory(UserCollectionResponse::createFromDiscriminatorValue)
                .processPageItemCallback(user -> found.add(user.getId()))
                .build()
                .iterate();
        return found;
    }

    static String read(String name) {
        return System.getenv(name);
    }

    /** Prints what the step got as one line of JSON, or why it got nothing; the next step goes on either way. */
    static void step(String name, Callable<Object> run) throws Exception {
        LinkedHashMap<String, Object> line = new LinkedHashMap<>();
        line.put("step", name);
        try {
            Object got = run.call();
            line.put("ok", true);
            line.put("got", got);
        } catch (Exception error) {
            line.put("ok", false);
            line.put("detail", error.toString());
        }
        System.out.println(new ObjectMapper().writeValueAsString(line));
    }
}
