package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
)

func ask(method, body string, headers ...string) (int, string) {
	request, err := http.NewRequest(method, os.Args[1], strings.NewReader(body))
	if err != nil {
		panic(err)
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		panic(err)
	}
	defer response.Body.Close()
	io.Copy(io.Discard, response.Body)
	return response.StatusCode, response.Header.Get("ETag")
}

func save(tag, body string) int {
	status, _ := ask("PATCH", body, "If-Match", tag, "Content-Type",
		"application/merge-patch+json")
	return status
}

func main() {
	first, tag := ask("GET", "")
	again, _ := ask("GET", "", "If-None-Match", tag)
	saved := save(tag, `{"body":"go"}`)
	fmt.Println(first, again, saved, save(tag, `{"body":"lost"}`))
}
