package launchtest_test

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// A simulated HelseID and an API that takes its tokens, without a network.
func ExampleNewHelseID() {
	key, _ := launch.GenerateSigningKey()
	keys, _ := launch.NewStaticKeys(key.Public())
	h, err := launchtest.NewHelseID(launchtest.HelseIDConfig{Clients: []launchtest.HelseIDClient{
		{ID: "epr", Keys: keys, Scopes: []string{"nhn:task/read"}, Organisation: "910000001"},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	h.Route("https://api.helseid.example", h.Protect(http.NotFoundHandler(), "nhn:task/read"))

	resp, err := h.Client().Get("https://helseid-sts.helseid.example/.well-known/openid-configuration")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = resp.Body.Close() }()
	var metadata struct {
		Token string `json:"token_endpoint"`
	}
	_ = json.NewDecoder(resp.Body).Decode(&metadata)
	fmt.Println(metadata.Token)

	resp, err = h.Client().Get("https://api.helseid.example/Task/1")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = resp.Body.Close() }()
	fmt.Println(resp.StatusCode, h.Requests(launchtest.HelseIDProtected), h.Calls())
	// Output:
	// https://helseid-sts.helseid.example/connect/token
	// 401 1 0
}
