// Command tool is the smallest honest tool server: citizens start it from
// helsenorge.no and are logged in there, or agreed portals send signed messages
// (HTI 2.0), and it shows who came.
//
//	go run ./examples/tool -config examples/tool/tool.json
//
// To see a login on this machine, start the simulator beside the tool, in whichever
// order, and open http://localhost:4010/uthopp/start, with that name and not
// 127.0.0.1, in a browser. The file tool.json is for this pair:
//
//	go run ./examples/helsenorge -addr 127.0.0.1:40002 -api-addr 127.0.0.1:40001 -client my-tool -redirect http://localhost:4010/uthopp/callback -jwks http://localhost:4010/.well-known/jwks.json
//
// In general, the file says where to listen, what the tool is called from outside, and whose
// launches are accepted:
//
//	{"addr": "127.0.0.1:9001", "baseURL": "https://tool.example", "portal": "https://portal.example/my-tools",
//	 "bearerNote": "The exercises hold no health data, and the portal has logged the citizen in.",
//	 "registrations": [{"profile": "hti/2.0", "issuer": "https://portal.example", "audience": "https://tool.example",
//	                    "jwks": "https://portal.example/jwks.json", "algorithms": ["ES256"]},
//	                   {"profile": "helsenorge", "issuer": "https://eksternapi.hn.test.nhn.no/sts/oidcprov/v3",
//	                    "clientId": "…", "key": "tool.jwk", "actorClaim": "…", "relationClaim": "…", "acting": ["parent"]}]}
//
// portal is the page where citizens find the tool and start it. Who is refused gets
// a link to it; without it they are told why, and have no way on. It is the same for
// all registrations.
//
// bearerNote says why messages without a login are enough; a tool with
// helsenorge alone has none. Without algorithms, all are accepted that HTI 2.0
// lists. key is a file with the private JWK (RS256) whose public half Norsk
// helsenett has; without it, the key is new at each start, which will do for
// ./examples/helsenorge. The names of the two claims are not public; without
// them, those of the simulator are taken, and a warning is logged. acting lists
// who may use the tool for another citizen: "parent", "proxy". Without it everybody
// is refused who does not act for himself, whatever Helsenorge offered him (the
// simulator does with -on-behalf).
//
// GET /uthopp/start begins a login, and /uthopp/callback is the redirect address
// to register. POST /launch takes a portal's form. Both end in 303 with a session
// cookie. GET /whoami gives the session's launch as JSON, and
// /.well-known/jwks.json the tool's own keys. POST /logout, from a page of the
// tool's own, ends the session and its tokens at Helsenorge; the citizen stays
// logged in there. A session ends by itself when nothing is done for 30 minutes,
// which is Helsenorge's rule, and after eight hours. At start the tool tries to
// reach Helsenorge, and warns where it cannot. TLS is the proxy's in front. With an
// http baseURL, for trials on this machine, the session's cookie is a plain one,
// and who starts under another name of this machine is sent to that of baseURL:
// cookies do not come along from one to the other.
//
// Sessions and used messages are in memory: a tool with several processes puts
// launchsql, a launch.KeyRing and one launch.CookieKey for all in their place.
// Exit status: 0 stopped, 1 cannot serve, 2 the configuration is no good.
package main
