<?xml version="1.0" encoding="utf-8"?>
<!-- SPDX-FileCopyrightText: The YoID Console authors -->
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>Slip</name>
    <message>
        <source>Your credential is ready</source>
        <translation>Tu credencial está lista</translation>
    </message>
    <message>
        <source>Open the YoID wallet on your phone.</source>
        <translation>Abre la cartera YoID en tu teléfono.</translation>
    </message>
    <message>
        <source>Scan this code with the wallet.</source>
        <translation>Escanea este código con la cartera.</translation>
    </message>
    <message>
        <source>Look at what is offered, then accept it.</source>
        <translation>Mira lo que se te ofrece y después acéptalo.</translation>
    </message>
    <message>
        <source>Sign in with: %1</source>
        <translation>Inicia sesión con: %1</translation>
    </message>
    <message>
        <source>First password: %1</source>
        <translation>Primera contraseña: %1</translation>
    </message>
    <message>
        <source>Choose a password of your own when you sign in.</source>
        <translation>Elige tu propia contraseña al iniciar sesión.</translation>
    </message>
    <message>
        <source>No password? Use “Forgot password” when you sign in.</source>
        <translation>¿Sin contraseña? Usa «He olvidado mi contraseña» al iniciar sesión.</translation>
    </message>
    <message>
        <source>Accept it by %1.</source>
        <translation>Acéptala a más tardar el %1.</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>De parte de %1</translation>
    </message>
    <message>
        <source>Only for you: whoever scans this code first gets the credential.</source>
        <translation>Solo para ti: quien escanee este código primero recibe la credencial.</translation>
    </message>
    <message>
        <source>The code does not fit on paper. Ask %1 for the link.</source>
        <translation>El código no cabe en el papel. Pide el enlace a %1.</translation>
    </message>
</context>
</TS>
