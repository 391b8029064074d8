// Every kind of message the SDK knows: how it is sent, and what of it the customer must get,
// in Meta's words. What is not named there is not compared.

const picture = { link: "https://example.com/a.png" };
const card = (index, action) => ({
  cardIndex: index,
  header: { type: "image", image: picture },
  bodyText: `Card ${index}`,
  action,
});
const links = [0, 1].map((index) =>
  card(index, { type: "cta_url", displayText: "See", url: `https://example.com/${index}` }),
);
const replies = [0, 1].map((index) =>
  card(index, { buttons: [{ id: `yes-${index}`, title: "Yes" }] }),
);

const interactive = (type, more = {}) => ({ type: "interactive", interactive: { type, ...more } });

/** `[name, method of client.messages, its input, what arrives]`; `media` are uploaded files. */
export function messages(question, media) {
  const body = { text: "b" };
  return [
    [
      "text",
      "sendText",
      { body: "Olá!", previewUrl: true, bizOpaqueCallbackData: "order 17" },
      { type: "text", text: { body: "Olá!", preview_url: true } },
    ],
    [
      "reply",
      "sendText",
      { body: "Oi!", contextMessageId: question },
      { type: "text", text: { body: "Oi!" }, context: { message_id: question } },
    ],
    [
      "image",
      "sendImage",
      { image: { id: media.image, caption: "c" } },
      { type: "image", image: { id: media.image, caption: "c" } },
    ],
    ["image by link", "sendImage", { image: picture }, { type: "image", image: picture }],
    ["video", "sendVideo", { video: { id: media.video } }, { video: { id: media.video } }],
    ["audio", "sendAudio", { audio: { id: media.audio } }, { audio: { id: media.audio } }],
    [
      "voice",
      "sendAudio",
      { audio: { id: media.voice, voice: true } },
      { type: "audio", audio: { id: media.voice, voice: true } },
    ],
    [
      "document",
      "sendDocument",
      { document: { id: media.document, filename: "a.pdf", caption: "c" } },
      { type: "document", document: { id: media.document, filename: "a.pdf", caption: "c" } },
    ],
    [
      "sticker",
      "sendSticker",
      { sticker: { id: media.sticker } },
      { type: "sticker", sticker: { id: media.sticker } },
    ],
    [
      "location",
      "sendLocation",
      { location: { latitude: 37.48, longitude: -122.14, name: "HQ", address: "1 Hacker Way" } },
      { type: "location", location: { name: "HQ", address: "1 Hacker Way" } },
    ],
    [
      "contacts",
      "sendContacts",
      {
        contacts: [
          {
            name: { formattedName: "Ana Lima", firstName: "Ana" },
            phones: [{ phone: "+16505551234", type: "CELL" }],
          },
        ],
      },
      {
        type: "contacts",
        contacts: [{ name: { formatted_name: "Ana Lima" }, phones: [{ phone: "+16505551234" }] }],
      },
    ],
    [
      "reaction",
      "sendReaction",
      { reaction: { messageId: question, emoji: "👍" } },
      { type: "reaction", reaction: { message_id: question, emoji: "👍" } },
    ],
    [
      "reaction taken back",
      "sendReaction",
      { reaction: { messageId: question, emoji: "" } },
      { type: "reaction", reaction: { message_id: question, emoji: "" } },
    ],
    [
      "buttons",
      "sendInteractiveButtons",
      {
        header: { type: "image", image: { id: media.image } },
        bodyText: "b",
        footerText: "f",
        buttons: [
          { id: "yes", title: "Yes" },
          { id: "no", title: "No" },
        ],
      },
      interactive("button", {
        header: { type: "image", image: { id: media.image } },
        body,
        footer: { text: "f" },
        action: { buttons: [{ reply: { id: "yes", title: "Yes" } }, { reply: { id: "no" } }] },
      }),
    ],
    [
      "list",
      "sendInteractiveList",
      {
        bodyText: "b",
        buttonText: "See",
        sections: [{ title: "When", rows: [{ id: "am", title: "Morning", description: "8–12" }] }],
      },
      interactive("list", {
        action: { button: "See", sections: [{ title: "When", rows: [{ id: "am" }] }] },
      }),
    ],
    [
      "link",
      "sendInteractiveCtaUrl",
      { bodyText: "b", parameters: { displayText: "Shop", url: "https://example.com/shop" } },
      interactive("cta_url", {
        action: { parameters: { display_text: "Shop", url: "https://example.com/shop" } },
      }),
    ],
    [
      "carousel of links",
      "sendInteractiveCarousel",
      { bodyText: "b", cards: links },
      interactive("carousel", {
        action: {
          cards: [{ card_index: 0 }, { action: { parameters: { url: "https://example.com/1" } } }],
        },
      }),
    ],
    [
      "carousel of replies",
      "sendInteractiveCarousel",
      { bodyText: "b", cards: replies },
      interactive("carousel", {
        action: {
          cards: [
            { action: { buttons: [{ quick_reply: { id: "yes-0" } }] } },
            { action: { buttons: [{ quick_reply: { id: "yes-1" } }] } },
          ],
        },
      }),
    ],
    [
      "product",
      "sendInteractiveProduct",
      { bodyText: "b", footerText: "f", catalogId: "1", productRetailerId: "s1" },
      interactive("product", { action: { catalog_id: "1", product_retailer_id: "s1" } }),
    ],
    [
      "products",
      "sendInteractiveProductList",
      {
        header: { type: "text", text: "H" },
        bodyText: "b",
        catalogId: "1",
        sections: [{ title: "A", productItems: [{ productRetailerId: "s1" }] }],
      },
      interactive("product_list", {
        action: { sections: [{ product_items: [{ product_retailer_id: "s1" }] }] },
      }),
    ],
    [
      "catalog",
      "sendInteractiveCatalogMessage",
      { bodyText: "b", parameters: { thumbnailProductRetailerId: "s1" } },
      interactive("catalog_message", {
        action: { parameters: { thumbnail_product_retailer_id: "s1" } },
      }),
    ],
    [
      "flow",
      "sendInteractiveFlow",
      {
        bodyText: "b",
        parameters: {
          flowId: "1",
          flowCta: "Book",
          flowToken: "t",
          flowAction: "navigate",
          flowActionPayload: { screen: "FIRST" },
        },
      },
      interactive("flow", {
        action: { parameters: { flow_id: "1", flow_cta: "Book", flow_token: "t" } },
      }),
    ],
    [
      "address",
      "sendInteractiveAddress",
      { bodyText: "b", parameters: { country: "IN", values: { name: "Ana" } } },
      interactive("address_message", {
        action: { parameters: { country: "IN", values: { name: "Ana" } } },
      }),
    ],
    [
      "location request",
      "sendInteractiveLocationRequest",
      { bodyText: "Where?", parameters: { requestMessage: "Where?" } },
      interactive("location_request_message", { action: { name: "send_location" } }),
    ],
    [
      "call permission",
      "sendInteractiveCallPermission",
      { bodyText: "b", parameters: { phoneNumber: "+15550783881" } },
      interactive("call_permission_request", { action: { name: "call_permission_request" } }),
    ],
    [
      "interactive as it is",
      "sendInteractiveRaw",
      {
        interactive: {
          type: "button",
          body,
          action: { buttons: [{ type: "reply", reply: { id: "y", title: "Y" } }] },
        },
      },
      interactive("button", { body }),
    ],
    [
      "as it is",
      "sendRaw",
      {
        payload: {
          messaging_product: "whatsapp",
          recipient_type: "individual",
          to: "+16505551234",
          type: "text",
          text: { body: "raw" },
        },
      },
      { type: "text", text: { body: "raw" } },
    ],
  ];
}
